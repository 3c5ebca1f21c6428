// The sidebar of the site.
const sidebars = {
  docs: [
    'intro',
    {
      type: 'category',
      label: 'Get started',
      link: {type: 'doc', id: 'start'},
      items: ['install', ],
    },
    {type: 'link', label: "What's new", href: 'https://contoso.com/news'},
  ],
};

module.exports = sidebars;
