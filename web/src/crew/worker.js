// Keeps the crew's page on the device.
const VERSION = "%VERSION%";
const ASSETS = "%ASSETS%";
