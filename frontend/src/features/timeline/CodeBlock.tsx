import { Check, Copy } from 'lucide-react';

import { toast } from '@/features/shell/toasts';
import { copyText } from '@/lib/copy-text';
import type { Token } from './highlight';

interface Props {
  code: string;
  language?: string;
}

/** Fenced code with colours, which come a moment later, and a button that copies it. */
export function CodeBlock({ code, language }: Props) {
  const { t } = useTranslation('timeline');
  const dispatch = useAppDispatch();
  const [tokens, setTokens] = useState<Token[] | null>(null);
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    let isHere = true;
    void import('./highlight').then(({ highlight }) => isHere && setTokens(highlight(code, language)));
    return () => {
      isHere = false;
    };
  }, [code, language]);

  const copy = async () => {
    try {
      await copyText(code);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      dispatch(toast(t('notCopied')));
    }
  };

  return (
    <div className="group/code relative rounded-sm bg-quote">
      <pre
        tabIndex={-1}
        // Without a pointer that rests the button is always there: the code ends before it.
        className="overflow-x-auto px-3 py-2 font-mono text-sm leading-5 text-fg coarse:mr-10"
      >
        <code>
          {tokens?.map((token, index) => (
            <span key={index} style={token.tone ? { color: `var(--c-tone-${token.tone})` } : undefined}>
              {token.text}
            </span>
          )) ?? code}
        </code>
      </pre>
      <button
        type="button"
        aria-label={isCopied ? t('copied') : t('copyCode')}
        onClick={() => void copy()}
        className="touch absolute top-1 right-1 flex size-7 items-center justify-center rounded-sm bg-raised text-fg-2 opacity-0 shadow-1 group-hover/code:opacity-100 focus-visible:opacity-100 coarse:opacity-100"
      >
        {isCopied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
      </button>
    </div>
  );
}
