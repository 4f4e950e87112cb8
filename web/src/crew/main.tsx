// The crew's page.
import "../kit/base.css";
import "../kit/kit.css";
import "../app/theme";
