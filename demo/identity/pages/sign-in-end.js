// The tag collects the answer from the broker; this window has nothing more to do.
history.replaceState(null, '', location.pathname);
if (document.querySelector('[data-known]')) window.close();
