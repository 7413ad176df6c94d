import { MessageCircle, Settings, UsersRound } from 'lucide-react';

import { paths } from '@/lib/paths';

/** The three places of the app, in the rail and on phones in the bar at the foot. */
export const DESTINATIONS = [
  { id: 'chats', to: paths.home(), match: /^\/(r\/|$)/, icon: MessageCircle },
  { id: 'people', to: paths.people(), match: /^\/people/, icon: UsersRound },
  { id: 'settings', to: paths.settings(), match: /^\/settings/, icon: Settings },
] as const;
