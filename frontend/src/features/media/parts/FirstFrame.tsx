/** The first picture of a moving one. */
export function FirstFrame({ url }: { url: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new Image();
    image.onload = () => {
      if (!canvas.current) return;
      canvas.current.width = image.naturalWidth;
      canvas.current.height = image.naturalHeight;
      canvas.current.getContext('2d')?.drawImage(image, 0, 0);
    };
    image.src = url;
    return () => {
      image.onload = null;
    };
  }, [url]);
  return <canvas ref={canvas} className="size-full object-cover" />;
}
