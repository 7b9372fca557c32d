/** Registers `<secure-upload>`, `<send-link>` and `<recipient-consent>`. Loading it twice does no harm. */
import './elements/recipient-consent/define.ts';
import './elements/secure-upload/define.ts';
import './elements/send-link/define.ts';
