// Jest takes a time-out from the command line or the top of a configuration only, not from a project.
jest.setTimeout(globalThis.TIME_OUT);
