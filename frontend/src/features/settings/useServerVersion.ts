import { fileUrl } from '@/api/client';

interface Described {
  info?: { version?: string };
}

/** The version of the server, as its own description says; null until it is known, or where it can't be. */
export function useServerVersion(): string | null {
  const [version, setVersion] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    fetch(fileUrl('/openapi.json'), { signal: stop.signal })
      .then((response) => response.json() as Promise<Described>)
      .then((described) => setVersion(described.info?.version ?? null))
      .catch(() => {
        // Offline, or gone before the answer.
      });
    return () => stop.abort();
  }, []);
  return version;
}
