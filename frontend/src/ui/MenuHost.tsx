import { type MenuRequest, setMenuHost } from './menu';

const MenuFrame = lazy(() => import('./overlay/MenuFrame'));

/** Shows the menu that was asked for last. Stands once in the page. */
export function MenuHost() {
  const [request, setRequest] = useState<MenuRequest | null>(null);
  useEffect(() => {
    setMenuHost(setRequest);
    return () => setMenuHost(undefined);
  }, []);
  if (!request) return null;
  return (
    <Suspense fallback={null}>
      <MenuFrame request={request} onClosed={() => setRequest(null)} />
    </Suspense>
  );
}
