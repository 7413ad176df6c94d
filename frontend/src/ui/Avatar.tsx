import clsx from 'clsx';

import { initialsOf, toneOf } from '@/lib/identity';
import { fileUrl } from '@/lib/server-address';

interface Props {
  /** Of the person or room; decides the tone, since names change. */
  id: number;
  name: string;
  image?: string;
  /** Pixels. */
  size: number;
  /** People are circles, groups are rounded squares. */
  shape?: 'person' | 'group';
  presence?: 'online' | 'away' | null;
  /** Class of what lies behind, for the ring around the presence sign. */
  ring?: string;
  className?: string;
}

/** Pictures that the server makes up for those who have none: ours look better. */
const GENERATED = /\/uploads\/generated\/|\/generated\//;

/** A face, or initials on a tone. A sign beside a name: screen readers hear the name only. */
export function Avatar({ id, name, image, size, shape = 'person', presence, ring, className }: Props) {
  const [isBroken, setBroken] = useState(false);
  const radius = shape === 'group' ? size * 0.32 : size / 2;
  const tone = `var(--c-tone-${toneOf(id)})`;
  const hasPicture = image && !isBroken && !GENERATED.test(image);
  return (
    <span
      aria-hidden
      className={clsx('relative inline-flex shrink-0', className)}
      style={{ width: size, height: size }}
    >
      {hasPicture ? (
        <img
          src={fileUrl(image)}
          alt=""
          width={size}
          height={size}
          draggable={false}
          onError={() => setBroken(true)}
          className="size-full bg-sunken object-cover"
          style={{ borderRadius: radius }}
        />
      ) : (
        <span
          className="flex size-full items-center justify-center font-bold select-none"
          style={{
            borderRadius: radius,
            color: tone,
            fontSize: size * 0.36,
            backgroundColor: `color-mix(in srgb, ${tone} 17%, var(--c-raised))`,
          }}
        >
          {initialsOf(name)}
        </span>
      )}
      {presence && <PresenceSign presence={presence} size={size} ring={ring} />}
    </span>
  );
}

function PresenceSign({
  presence,
  size,
  ring = 'border-surface',
}: {
  presence: 'online' | 'away';
  size: number;
  ring?: string;
}) {
  const edge = Math.max(9, size * 0.27);
  return (
    <span
      className={clsx(
        'absolute -right-px -bottom-px box-content rounded-full border-2',
        ring,
        presence === 'online' ? 'bg-online' : 'bg-surface',
      )}
      style={{
        width: edge - 3,
        height: edge - 3,
        boxShadow: presence === 'away' ? 'inset 0 0 0 2px var(--c-away)' : undefined,
      }}
    />
  );
}
