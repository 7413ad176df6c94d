// From a microphone to a file, with its loudness on the way.
import { levelOf } from './peaks';

/** Best first. Speech needs no more bits than these. */
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
const BITS = 32_000;
/** Between two measurements of loudness, in milliseconds. */
const LEVEL_MS = 50;

export interface Capture {
  /** Loudness so far, 0 to 1, twenty a second. */
  levels: readonly number[];
  /** Ends it; the answer is the recording. */
  stop: () => Promise<Blob>;
  /** Ends it and throws away what was recorded. */
  cancel: () => void;
}

export const canRecord = () =>
  typeof MediaRecorder !== 'undefined' &&
  typeof navigator.mediaDevices?.getUserMedia === 'function' &&
  TYPES.some((type) => MediaRecorder.isTypeSupported(type));

/** Opens the microphone, which asks for it the first time, and records. */
export async function capture(): Promise<Capture> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const meter = measureLevels(stream);
  recorder.start(1000);

  const end = () => {
    meter.stop();
    stream.getTracks().forEach((track) => track.stop());
  };

  return {
    levels: meter.levels,
    stop: () =>
      new Promise((resolve) => {
        recorder.onstop = () => {
          end();
          resolve(new Blob(pieces, { type: recorder.mimeType.split(';')[0] }));
        };
        recorder.stop();
      }),
    cancel: () => {
      recorder.ondataavailable = null;
      recorder.stop();
      end();
    },
  };
}

function measureLevels(stream: MediaStream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  const levels: number[] = [];
  const timer = setInterval(() => {
    analyser.getByteTimeDomainData(samples);
    levels.push(levelOf(samples));
  }, LEVEL_MS);
  return {
    levels,
    stop: () => {
      clearInterval(timer);
      void context.close();
    },
  };
}
