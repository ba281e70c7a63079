#!/bin/sh
# Removes an installation that install.sh has made: uninstall.sh --help
set -eu

prefix=/opt/sluice root= keep_rules=no keep_conf=no

die() {
  printf 'uninstall: %s\n' "$1" >&2
  exit 1
}

help() {
  cat <<'EOF'
usage: uninstall.sh [options]

  --prefix <folder>  where versions are installed                         (default: /opt/sluice)
  --root <folder>    the root that install.sh was given
  --keep-rules       leave the rules in the switch: pods stay protected as they are now, and nothing
                     follows changes any more
  --keep-conf        leave the configuration

Stops the agent, removes its rules from every datapath (if that fails, nothing else is removed), then
every version, the drop-ins, the unit, the data, and the configuration.
EOF
}

while [ $# -gt 0 ]; do
  case $1 in
    --help | -h)
      help
      exit 0
      ;;
    --keep-rules) keep_rules=yes ;;
    --keep-conf) keep_conf=yes ;;
    --prefix | --root)
      [ $# -gt 1 ] || die "$1 needs a value"
      eval "${1#--}=\${2%/}"
      shift
      ;;
    *) die "unknown option '$1'; --help lists the options" ;;
  esac
  shift
done

current=$root$prefix/current
[ -f "$current/bin/lib/installed" ] || die "nothing is installed in $root$prefix"
conf='' data='' run='' units='' link=''
while IFS='=' read -r name value; do
  case $name in
    conf | data | run | units | link) eval "$name=\$value" ;;
  esac
done < "$current/bin/lib/installed"

systemd() {
  [ -z "$root" ] && [ -d /run/systemd/system ] && command -v systemctl > /dev/null
}

if systemd; then
  systemctl disable --now sluice.service || die "the service can't be stopped"
fi
"$current/bin/sluice" stop || die "the agent can't be stopped"
if [ "$keep_rules" = no ]; then
  "$current/bin/sluice" purge ||
    die "rules are left, so nothing was removed; mend that, or leave them there with --keep-rules"
fi

folders=$(sort -r "$root$prefix/.folders")
rm -f "$root$units/sluice.service" "$root$link"
! systemd || systemctl daemon-reload
[ "$keep_conf" = yes ] || rm -rf "$root${conf:?}"
rm -rf "$root${run:?}" "$root${data:?}" "$root${prefix:?}"
# Folders that install.sh had to make, if nobody else uses them.
printf '%s\n' "$folders" | while read -r folder; do
  [ ! -d "$folder" ] || rmdir "$folder" 2> /dev/null || true
done
printf 'uninstall: sluice was removed%s%s\n' \
  "$([ "$keep_rules" = no ] || echo '; its rules stay in the switch')" \
  "$([ "$keep_conf" = no ] || echo "; its configuration stays in $root$conf")"
