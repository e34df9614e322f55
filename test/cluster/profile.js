process.env.COMITY_TEST_PROFILE = 'cluster';
