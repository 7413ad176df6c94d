const RecorderRow = lazy(() => import('./voice/RecorderRow'));

interface Props {
  roomId: number;
  /** The recording is sent or discarded. */
  onDone: () => void;
}

/** The row of the composer while a voice message is recorded. */
export function Recorder(props: Props) {
  return (
    <Suspense fallback={<div className="h-9" />}>
      <RecorderRow {...props} />
    </Suspense>
  );
}
