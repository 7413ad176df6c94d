import type { MediaView } from '../view';

/** Bytes that are shown of a text; the rest is for an editor. */
const SHOWN_MAX = 256 * 1024;

/** The words of a file. They are only shown: whatever they say, nothing of it runs. */
export function TextStage({ view }: { view: MediaView }) {
  const { t } = useTranslation('media');
  const [text, setText] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    const abort = new AbortController();
    fetchText(view.url, abort.signal)
      .then(setText)
      .catch(() => {
        if (!abort.signal.aborted) setFailed(true);
      });
    return () => abort.abort();
  }, [view.url]);

  return (
    <div
      role="region"
      aria-label={view.name}
      // What scrolls must be reachable by keys.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-busy={text === null && !hasFailed}
      className="mx-auto mb-6 min-h-0 w-full max-w-[860px] flex-1 overflow-auto rounded-xl bg-raised p-5 text-fg"
    >
      {hasFailed && <p className="text-md text-fg-2">{t('cannotShow')}</p>}
      <pre className="font-mono text-sm break-words whitespace-pre-wrap">{text}</pre>
      {text !== null && view.size > SHOWN_MAX && (
        <p className="mt-4 text-sm text-fg-3">{t('onlyBeginning')}</p>
      )}
    </div>
  );
}

async function fetchText(url: string, signal: AbortSignal): Promise<string> {
  const headers = { Range: `bytes=0-${SHOWN_MAX - 1}` };
  const response = await fetch(url, { credentials: 'include', headers, signal });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.text();
}
