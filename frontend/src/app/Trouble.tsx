import { Unplug } from 'lucide-react';
import { Component, type ReactNode } from 'react';

import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { shouldLoadAnew } from './parts';

interface State {
  has: 'nothing' | 'failed' | 'told';
}

/**
 * Where a part of the app cannot be loaded or shown: the page is loaded anew if that may help, else it says so. What is
 * being written is kept with the drafts.
 */
export class Trouble extends Component<{ children: ReactNode }, State> {
  override state: State = { has: 'nothing' };

  static getDerivedStateFromError(): State {
    return { has: 'failed' };
  }

  override componentDidCatch(): void {
    if (shouldLoadAnew()) location.reload();
    else this.setState({ has: 'told' });
  }

  override render() {
    switch (this.state.has) {
      case 'nothing':
        return this.props.children;
      case 'failed':
        return <div className="h-dvh bg-canvas" aria-busy />;
      case 'told':
        return <Words />;
    }
  }
}

function Words() {
  const { t } = useTranslation();
  return (
    <main role="alert" className="flex h-dvh items-center justify-center bg-canvas">
      <Empty icon={<Unplug />} title={t('trouble')} text={t('troubleText')}>
        <Button onClick={() => location.reload()}>{t('loadAnew')}</Button>
      </Empty>
    </main>
  );
}
