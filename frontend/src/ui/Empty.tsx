import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}

/** An empty place: what belongs here, and the next step. */
export function Empty({ icon, title, text, children }: Props) {
  return (
    <div className="m-auto flex max-w-80 flex-col items-center gap-2 p-6 text-center">
      <span aria-hidden className="text-fg-3 [&_svg]:size-8">
        {icon}
      </span>
      <p className="text-xl font-bold">{title}</p>
      <p className="text-md text-fg-2">{text}</p>
      {children && <div className="mt-3 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
