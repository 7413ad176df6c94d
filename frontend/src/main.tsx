import '@fontsource-variable/hanken-grotesk/wght.css';
import './styles/app.css';

import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { BrowserRouter } from 'react-router';

import { App } from '@/app/App';
import { boot } from '@/app/boot';
import { watchParts } from '@/app/parts';
import { makeStore } from '@/app/store';
import { Trouble } from '@/app/Trouble';
import { followDevice } from '@/features/settings/device';
import { setLanguage } from '@/i18n';

const store = makeStore();
followDevice(store);
watchParts();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

await setLanguage(store.getState().settings.device.language);
createRoot(root).render(
  <StrictMode>
    <Provider store={store}>
      <BrowserRouter>
        <Trouble>
          <App />
        </Trouble>
      </BrowserRouter>
    </Provider>
  </StrictMode>,
);
void boot(store);
if (import.meta.env.PROD) void import('@/app/offline').then(({ keepProgram }) => keepProgram());
