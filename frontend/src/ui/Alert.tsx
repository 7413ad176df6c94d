import clsx from 'clsx';

/** What went wrong with what was just done; nothing stands here as long as nothing did. */
export function Alert({ text, className }: { text: string | null; className?: string }) {
  if (!text) return null;
  return (
    <p role="alert" className={clsx('text-sm text-danger', className)}>
      {text}
    </p>
  );
}
