// The sidebar of the site.
const sidebars = {
  docs: [
    'intro',
    {
      type: 'category',
      label: 'First steps',
      link: {type: 'doc', id: 'start'},
      items: ['install', 'upgrade'],
    },
    {type: 'link', label: "What's new", href: 'https://contoso.com/news'},
  ],
};

module.exports = sidebars;
