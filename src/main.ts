// No static import: on an old Node the modules would not even load, and this line is what its user must read.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 15)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: 22.15 or later is needed. \`npm start\` brings its own; else install one from https://nodejs.org.\n`,
  );
  process.exit(1);
} else {
  const { run } = await import("./command-line.js");
  await run(process.argv.slice(2));
}
