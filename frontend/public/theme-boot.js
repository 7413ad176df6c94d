// Runs before the first paint, so that no wrong theme flashes. Kept outside the program, because
// the page's policy allows no script inside the page.
(function () {
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('banter:device') || '{}');
  } catch (error) {
    kept = {};
  }
  var root = document.documentElement;
  var dark =
    kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.classList.toggle('dark', dark);
  root.classList.toggle('contrast', kept.contrast === true);
  root.classList.toggle('compact', kept.density === 'compact');
  root.style.fontSize = (kept.textSize || 100) + '%';
  var language = kept.language || (/^zh/i.test(navigator.language) ? 'zh' : 'en');
  root.lang = language === 'zh' ? 'zh-Hans' : 'en';
})();
