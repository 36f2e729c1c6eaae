'use strict';

// What Camunda Modeler looks for in each folder of its plug-ins.
module.exports = {
  name: 'Policy check',
  script: './client/bundle.js',
  style: './client/style.css',
};
