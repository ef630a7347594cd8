// Tests of the browser's code wait for what is to come as long on a busy machine as tests in a browser do.
import { configure } from "@testing-library/preact";

configure({ asyncUtilTimeout: 10_000 });
