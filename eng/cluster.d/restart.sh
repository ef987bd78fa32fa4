# eng/cluster restart NAME [stop|start|kill]: without the second word stops and starts; the command line is the one of `up`.
name=${1:?a daemon: etcd, apiserver, kubelet, ...}
[ -s "$R/pids/$name.cmd" ] || die "instance '$instance' has no daemon '$name'"
locked
[ ! -s "$R/netns" ] || NSF=/run/netns/$(cat "$R/netns")
case ${2:-both} in
  stop) stop "$name" ;;
  kill) alive "$name" && kill -9 "$(cat "$R/pids/$name")"; rm -f "$R/pids/$name" ;;
  start|both)
    [ "${2:-both}" = start ] || stop "$name"
    eval "start $name $(cat "$R/pids/$name.cmd")"
    [ "$name" != apiserver ] || waitfor 60 "API server" curl -sf -m 5 --cacert "$P/ca.crt" "$(cat "$R/server")/readyz" ;;
  *) die "restart NAME [stop|start|kill]" ;;
esac
