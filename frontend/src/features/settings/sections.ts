import {
  Info,
  Keyboard,
  KeyRound,
  Languages,
  type LucideIcon,
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

type AnySection = (typeof SECTIONS)[number];
export type SectionId = AnySection['id'];
export type SettingId = AnySection['settings'][number];

export interface Section {
  id: SectionId;
  icon: LucideIcon;
  settings: readonly SettingId[];
}

/** What nobody needs who types on glass. */
const OF_KEYS: readonly SettingId[] = ['enterSends', 'singleKeys', 'keyList'];

/** The sections of a device and what can be set there. */
export function sectionsFor(isTouch: boolean): readonly Section[] {
  if (!isTouch) return SECTIONS;
  return SECTIONS.map((section) => ({
    ...section,
    settings: section.settings.filter((id) => !OF_KEYS.includes(id)),
  })).filter(({ settings }) => settings.length > 0);
}

export interface Match {
  section: Section;
  /** Settings whose names match; none where the section itself does. */
  settings: SettingId[];
}

/** Sections and settings with what somebody typed in their names. */
export function findSettings(
  sections: readonly Section[],
  typed: string,
  sectionName: (id: SectionId) => string,
  settingName: (id: SettingId) => string,
): Match[] {
  const wanted = typed.trim().toLocaleLowerCase();
  if (!wanted) return sections.map((section) => ({ section, settings: [] }));
  return sections.flatMap((section) => {
    const settings = section.settings.filter((id) => settingName(id).toLocaleLowerCase().includes(wanted));
    const isMatch = sectionName(section.id).toLocaleLowerCase().includes(wanted);
    return isMatch || settings.length ? [{ section, settings }] : [];
  });
}
