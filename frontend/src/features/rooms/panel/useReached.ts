/** Calls back when an element comes into view, such as the end of a list that has more. */
export function useReached(onReached: () => void) {
  const latest = useRef(onReached);
  useEffect(() => {
    latest.current = onReached;
  });
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return setElement;
}
