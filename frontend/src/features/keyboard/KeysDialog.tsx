export default function KeysDialog(_props: { onClose: () => void }) { return null; }
