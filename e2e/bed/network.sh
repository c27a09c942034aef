# shellcheck shell=bash
# The bridge that every pod hangs on; the node, the API server and the name server live on its address.

prepare_network() {
  if ! ip link show "$bridge" >/dev/null 2>&1; then
    refuse_taken_ranges
    ip link add "$bridge" type bridge
  fi
  ip addr replace "$address/${pod_range#*/}" dev "$bridge"
  ip link set "$bridge" up
  modprobe br_netfilter 2>/dev/null || true # built in, or without modules at all, on some kernels
  sysctl -qw net.ipv4.ip_forward=1
  # Without it a pod that reaches another through a Service gets its answer past the NAT, and drops it.
  sysctl -qw net.bridge.bridge-nf-call-iptables=1 2>/dev/null || die 'the kernel lacks br_netfilter'
  # Where Docker runs FORWARD drops by default, and where a firewall does, INPUT.
  accept INPUT -i
  accept FORWARD -i
  accept FORWARD -o
}

# accept CHAIN WAY: what comes in from the bridge (-i) or goes out to it (-o).
accept() {
  iptables -w -C "$1" "$2" "$bridge" -j ACCEPT 2>/dev/null || iptables -w -I "$1" "$2" "$bridge" -j ACCEPT
}

# Others may use what only a fleet needs while none comes up.
refuse_taken_ranges() {
  refuse_taken_range "$pod_range"
  refuse_taken_range "$service_range"
  if [ "$form" = fleet ]; then
    refuse_taken_range "$fleet_range"
    refuse_taken_range "$fleet_service_range"
  fi
}

refuse_taken_range() {
  local taken
  taken=$(ip -4 route show root "${1%/*}/${1#*/}")
  [ -z "$taken" ] || die "the bed needs the network $1, and this machine already uses it: $taken"
}

# Wherever this bed, or the Kubernetes on it, has left a trace in the kernel's network.
clear_network() {
  local family table
  for family in iptables ip6tables; do
    for table in $("$family-save" 2>/dev/null | sed -n 's/^\*//p'); do
      unrules "$family" "$table" | "$family-restore" --noflush 2>/dev/null || true
    done
  done
  local port
  for port in $(ip -o link show master "$bridge" 2>/dev/null | sed -E 's/^[0-9]+: ([^:@]+).*/\1/'); do
    ip link del "$port" 2>/dev/null || true
  done
  ip link del "$bridge" 2>/dev/null || true
  ip route del local "$fleet_range" dev lo 2>/dev/null || true
  # Each result names the network namespace of its pod, and ours are below our folder.
  { grep -lsF "$state/" /var/lib/cni/results/* || true; } | xargs -r rm -f
  rmdir /var/lib/cni/results /var/lib/cni 2>/dev/null || true
}

# unrules FAMILY TABLE: the restore script that takes out our rules and chains, in one transaction per table:
# KUBE-* (of the proxy and the kubelet), the CNI-* chains whose rules name our network, and what names our bridge.
unrules() {
  "$1-save" -t "$2" | awk -v table="$2" -v network="$network" -v bridge="$bridge" '
    /^:KUBE-/ { ours[substr($1, 2)] = 1 }
    /^-A / {
      rule[++rules] = $0
      if (index($0, "\"" network "\"") || index($0, "\\\"" network "\\\""))
        for (i = 1; i <= NF; i++) if ($i ~ /^CNI-[0-9a-f]+$/) ours[$i] = 1
    }
    END {
      print "*" table
      for (r = 1; r <= rules; r++) {
        n = split(rule[r], word, " ")
        if (word[2] in ours) continue
        for (i = 3; i < n; i++)
          if ((word[i] == "-j" && word[i + 1] in ours) || ((word[i] == "-i" || word[i] == "-o") && word[i + 1] == bridge)) {
            sub(/^-A/, "-D", rule[r]); print rule[r]; break
          }
      }
      for (chain in ours) print "-F " chain
      for (chain in ours) print "-X " chain
      print "COMMIT"
    }'
}
