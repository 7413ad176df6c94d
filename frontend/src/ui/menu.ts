import type { ReactNode } from 'react';

export interface MenuItem {
  id: string;
  label: string;
  icon?: ReactNode;
  /** Keys that do the same, shown at the right. */
  keys?: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  onSelect: () => void;
}

export interface QuickItem {
  /** Its name for screen readers. */
  label: string;
  sign: string;
  onSelect: () => void;
}

export interface MenuRequest {
  /** Its name for screen readers. */
  label: string;
  items: MenuItem[];
  /** Opens beside this element, to which focus goes back. */
  anchor: HTMLElement;
  /** Opens at this place instead, such as that of a right click. */
  point?: { x: number; y: number };
  /** Quick choices in a row above the items: signs such as emoji. */
  quick?: QuickItem[];
}

type Host = (request: MenuRequest) => void;

let host: Host | undefined;

/** The one menu of the page says that it is there. */
export function setMenuHost(next: Host | undefined): void {
  host = next;
}

/** Opens a menu. There is one for the whole page, however many rows have a button for theirs. */
export function openMenu(request: MenuRequest): void {
  host?.(request);
}
