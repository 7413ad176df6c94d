import type { Attachment } from '../attachments';
import { typeLabel } from '../fileName';
import { TypeTile } from '../parts/FilePart';

const SHAPE = 'size-10 shrink-0 rounded-sm bg-sunken object-cover';

/** What a file looks like, 40 pixels large. */
export function Preview({ item }: { item: Attachment }) {
  const { file, objectUrl } = item;
  const [isBroken, setBroken] = useState(false);
  const broken = () => setBroken(true);
  if (!isBroken && file.type.startsWith('image/')) {
    return <img src={objectUrl} alt="" draggable={false} onError={broken} className={SHAPE} />;
  }
  if (!isBroken && file.type.startsWith('video/')) {
    return <video src={`${objectUrl}#t=0.001`} muted preload="metadata" onError={broken} className={SHAPE} />;
  }
  return <TypeTile label={typeLabel(file.name, file.type)} />;
}
