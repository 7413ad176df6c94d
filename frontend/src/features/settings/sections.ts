import {
  Info,
  Keyboard,
  KeyRound,
  Languages,
  MessageSquareText,
  MonitorSmartphone,
  Palette,
  UserRound,
} from 'lucide-react';

/** The sections in their order, and what can be set in each; all of it is found by its name. */
export const SECTIONS = [
  {
    id: 'profile',
    icon: UserRound,
    settings: ['picture', 'userName', 'bio', 'email', 'github', 'qq', 'wechat'],
  },
  { id: 'appearance', icon: Palette, settings: ['theme', 'contrast', 'textSize', 'density'] },
  { id: 'language', icon: Languages, settings: ['pageLanguage'] },
  { id: 'chat', icon: MessageSquareText, settings: ['enterSends', 'showReceipts', 'singleKeys'] },
  { id: 'sessions', icon: MonitorSmartphone, settings: ['devices', 'endOthers'] },
  { id: 'password', icon: KeyRound, settings: ['changePassword'] },
  { id: 'keys', icon: Keyboard, settings: ['keyList'] },
  { id: 'about', icon: Info, settings: ['version', 'licence', 'interface'] },
] as const;

export type Section = (typeof SECTIONS)[number];
export type SectionId = Section['id'];
export type SettingId = Section['settings'][number];

export interface Match {
  section: Section;
  /** Settings whose names match; none where the section itself does. */
  settings: SettingId[];
}

/** Sections and settings with what somebody typed in their names. */
export function findSettings(
  typed: string,
  sectionName: (id: SectionId) => string,
  settingName: (id: SettingId) => string,
): Match[] {
  const wanted = typed.trim().toLocaleLowerCase();
  if (!wanted) return SECTIONS.map((section) => ({ section, settings: [] }));
  return SECTIONS.flatMap((section) => {
    const settings = section.settings.filter((id) => settingName(id).toLocaleLowerCase().includes(wanted));
    const isMatch = sectionName(section.id).toLocaleLowerCase().includes(wanted);
    return isMatch || settings.length ? [{ section, settings }] : [];
  });
}
