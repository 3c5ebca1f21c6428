start()
wait()
look()
stop()
