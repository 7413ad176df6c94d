import { preloadable } from '@/lib/preloadable';
import { whenIdle } from '@/lib/whenIdle';
import { type MenuRequest, setMenuHost } from './menu';

const MenuFrame = preloadable(() => import('./overlay/MenuFrame'));

/** Shows the menu that was asked for last. Stands once in the page. */
export function MenuHost() {
  const [request, setRequest] = useState<MenuRequest | null>(null);
  useEffect(() => {
    setMenuHost(setRequest);
    return () => setMenuHost(undefined);
  }, []);
  useEffect(() => whenIdle(() => void MenuFrame.preload()), []);
  if (!request) return null;
  return (
    <Suspense fallback={null}>
      <MenuFrame request={request} onClosed={() => setRequest(null)} />
    </Suspense>
  );
}
