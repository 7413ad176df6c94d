import type { ComponentType } from 'react';

/**
 * Like `lazy`, but a part that was loaded before is there at once: of what React had to wait for, however briefly, it
 * shows nothing for 300 ms.
 */
export function preloadable<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  let loaded: ComponentType<Props> | undefined;
  const fetchPart = async () => {
    const part = await load();
    loaded = part.default;
    return part;
  };
  const Late = lazy(fetchPart) as unknown as ComponentType<Props>;

  function Part(props: Props) {
    // The same for as long as it is shown: another one would begin anew.
    const [Shown] = useState(() => loaded ?? Late);
    return <Shown {...props} />;
  }
  /** Loads it ahead; what fails is tried again when it is shown. */
  const preload = () => fetchPart().then(noted, noted);
  return Object.assign(Part, { preload });
}

const noted = () => undefined;
