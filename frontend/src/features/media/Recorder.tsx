export { useIsRecording } from './voice/recording';

const RecorderRow = lazy(() => import('./voice/RecorderRow'));

interface Props {
  roomId: number;
  /** The recording is sent or discarded. */
  onDone?: (wasSent: boolean) => void;
}

/** The row of the composer while a voice message is recorded. */
export function Recorder(props: Props) {
  return (
    <Suspense fallback={<div className="h-9 coarse:h-11" />}>
      <RecorderRow {...props} />
    </Suspense>
  );
}
