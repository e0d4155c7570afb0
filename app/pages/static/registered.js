// Tells the platform that opened this window for its registration that it can close it (LTI Dynamic Registration 1.0).
"use strict";

(window.opener || window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, "*");
