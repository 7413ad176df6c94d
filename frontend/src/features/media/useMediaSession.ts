import { forgetAttachments, hasAttachments } from './attachments';
import { forgetLocalFiles } from './localFiles';
import { closeViewer } from './viewerStore';
import { stop } from './voice/player';
import { current, discard } from './voice/recording';

/** Files of whoever is signed in: they are not lost by a slip, and nobody else finds them. */
export function useMediaSession(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      // Uploads go on after a reload. What was not sent yet would be gone.
      if (hasAttachments() || current()?.phase === 'recording' || current()?.phase === 'preview') {
        event.preventDefault();
      }
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
      closeViewer();
      stop();
      discard();
      forgetAttachments();
      forgetLocalFiles();
    };
  }, []);
}
