import { useAction } from '@/features/account/useAction';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';

export interface Question {
  title: string;
  /** What happens then, and what is lost. */
  text: string;
  /** Says what the button does. */
  action: string;
  isDanger?: boolean;
  run: () => Promise<unknown>;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ question, onClose }: { question: Question | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { run, isBusy, error } = useAction();
  const confirm = async () => {
    if (question && (await run(question.run))) onClose();
  };
  return (
    <Dialog
      isOpen={question !== null}
      onClose={onClose}
      role="alertdialog"
      title={question?.title ?? ''}
      text={question?.text}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            look={question?.isDanger ? 'danger' : 'filled'}
            isBusy={isBusy}
            onClick={() => void confirm()}
          >
            {question?.action}
          </Button>
        </>
      }
    >
      <Alert text={error} />
    </Dialog>
  );
}
