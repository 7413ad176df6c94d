export function ConnectionBar() { return null; }
