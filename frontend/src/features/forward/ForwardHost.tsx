import type { Message } from '@banter/client';

import { setForwardHost } from './forward';

const ForwardDialog = lazy(() => import('./ForwardDialog'));

/** Shows the dialog that was asked for. Stands once in the page. */
export function ForwardHost() {
  const [message, setMessage] = useState<Message | null>(null);
  useEffect(() => {
    setForwardHost(setMessage);
    return () => setForwardHost(undefined);
  }, []);
  if (!message) return null;
  return (
    <Suspense fallback={null}>
      <ForwardDialog message={message} onClose={() => setMessage(null)} />
    </Suspense>
  );
}
