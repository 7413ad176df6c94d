import { Navigate, Route, Routes, useLocation } from 'react-router';

import { selectSession } from '@/features/account/slice';
import { selectRooms } from '@/features/rooms/slice';
import { Layers } from '@/features/shell/Layers';
import { ChatPage } from '@/features/shell/ChatPage';
import { paths } from '@/lib/paths';
import { MenuHost } from '@/ui/MenuHost';

const SignIn = lazy(() => import('@/features/account/SignIn'));
const SignUp = lazy(() => import('@/features/account/SignUp'));
const PeoplePage = lazy(() => import('@/features/people/PeoplePage'));
const InvitePage = lazy(() => import('@/features/invite/InvitePage'));
const SettingsPage = lazy(() => import('@/features/settings/SettingsPage'));

/** Who is here decides what there is to see. */
export function App() {
  const { status } = useAppSelector(selectSession);
  if (status === 'unknown') return <div className="flex h-dvh bg-canvas" aria-busy />;
  if (status === 'signedOut') return <Outside />;
  return (
    <>
      <Suspense fallback={null}>
        <Routes>
          <Route path="/people/:personId?" element={<PeoplePage />} />
          <Route path="/settings/:section?" element={<SettingsPage />} />
          <Route path="/invite/:code" element={<InvitePage />} />
          <Route path="/r/:roomId" element={<ChatPage />} />
          <Route path="/" element={<ChatPage />} />
          <Route path="*" element={<Inside />} />
        </Routes>
      </Suspense>
      <Layers />
      <MenuHost />
    </>
  );
}

/** Where somebody was when they had to sign in. */
interface Came {
  from?: string;
}

function Outside() {
  const location = useLocation();
  const from = location.pathname + location.search;
  return (
    <Suspense fallback={<div className="flex h-dvh bg-canvas" aria-busy />}>
      <Routes>
        <Route path={paths.signIn()} element={<SignIn />} />
        <Route path={paths.signUp()} element={<SignUp />} />
        <Route path="/invite/:code" element={<InvitePage />} />
        <Route path="*" element={<Navigate to={paths.signIn()} replace state={{ from } satisfies Came} />} />
      </Routes>
    </Suspense>
  );
}

/** After signing in or up: to where somebody wanted to be. Who is new and has one room only has not much to choose from. */
function Inside() {
  const location = useLocation();
  const wanted = (location.state as Came | null)?.from ?? paths.home();
  const [room, another] = useAppSelector(selectRooms);
  const isNew = location.pathname === paths.signUp() && wanted === paths.home();
  return <Navigate to={isNew && room && !another ? paths.room(room.id) : wanted} replace />;
}
