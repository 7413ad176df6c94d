import type { MediaView } from './view';

/** Shows a PDF in a tab of its own. The server only hands it out to be saved, so the bytes are fetched first. */
export function openPdf({ url, name }: MediaView): void {
  // Opened at once: after the answer a browser takes it for an advertisement.
  const tab = window.open('', '_blank');
  if (!tab) return save(url, name);
  tab.opener = null;
  void fetch(url, { credentials: 'include' })
    .then(async (response) => {
      if (!response.ok) throw new Error(`status ${response.status}`);
      const file = new Blob([await response.arrayBuffer()], { type: 'application/pdf' });
      tab.location.replace(URL.createObjectURL(file));
    })
    .catch(() => {
      tab.close();
      save(url, name);
    });
}

function save(url: string, name: string) {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
