export default function Switcher(_props: { onClose: () => void }) { return null; }
