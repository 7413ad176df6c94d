/** A picture that was chosen from the device and not uploaded yet, and an address to show it by. */
export function usePickedPicture() {
  const [picked, setPicked] = useState<{ file: File; url: string } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const url = picked?.url;

  useEffect(() => {
    if (!url) return;
    return () => URL.revokeObjectURL(url);
  }, [url]);

  const pick = useCallback(() => field.current?.click(), []);
  const drop = useCallback(() => setPicked(null), []);
  const input = (
    <input
      ref={field}
      type="file"
      accept="image/*"
      hidden
      onChange={(event) => {
        const file = event.target.files?.[0];
        if (file) setPicked({ file, url: URL.createObjectURL(file) });
        // The same file may be chosen again.
        event.target.value = '';
      }}
    />
  );
  return { picked: picked?.file, url, pick, drop, input };
}
