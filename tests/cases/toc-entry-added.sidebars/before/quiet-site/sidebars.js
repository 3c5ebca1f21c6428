module.exports = {
  docs: build('install'),
};
