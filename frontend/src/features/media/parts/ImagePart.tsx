import { PictureFrame } from './PictureFrame';
import { Still } from './Still';
import type { MediaPartProps } from '../MediaPart';

/** A picture that stands still. */
export function ImagePart(props: MediaPartProps) {
  const { t } = useTranslation('media');
  const { view, onOpenViewer } = props;
  return (
    <PictureFrame {...props} label={t('openImage', { name: view.name })} onPress={onOpenViewer}>
      <Still view={view} alt="" />
    </PictureFrame>
  );
}
