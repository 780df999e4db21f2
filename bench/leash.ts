/** Loaded into every process that a bench starts, by `--import`: when the bench goes away, however, so does the process. */
if (process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.exit(1), 3000).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel.unref()
}
