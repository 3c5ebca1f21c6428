module.exports = {
  docs: build('install', 'upgrade'),
};
