#!/bin/sh
# Installs the distribution that this script lies in, upgrades an older one, or goes back to it:
# install.sh --help
set -eu
umask 022

prefix=/opt/sluice conf=/etc/sluice data=/var/lib/sluice run=/run/sluice
units=/etc/systemd/system link=/usr/local/bin/sluice root= restart=yes

die() {
  printf 'install: %s\n' "$1" >&2
  exit 1
}

say() {
  printf 'install: %s\n' "$1"
}

help() {
  cat <<'EOF'
usage: install.sh [options]

  --prefix <folder>  where versions are installed, each in a folder of its own, and `current`, which
                     leads to the one that counts; drop-ins in deploy/     (default: /opt/sluice)
  --conf <folder>    configuration                                        (default: /etc/sluice)
  --data <folder>    what the agent keeps                              (default: /var/lib/sluice)
  --run <folder>     its lock and its socket                               (default: /run/sluice)
  --units <folder>   where sluice.service goes                  (default: /etc/systemd/system)
  --link <file>      the command, for everybody's PATH           (default: /usr/local/bin/sluice)
  --root <folder>    put all of these below this folder, and leave the machine alone otherwise
  --no-restart       leave a running agent as it is; it is of the former version until restarted

On an upgrade the folders are those of the installation that is there. A configuration file that
nobody has edited is replaced; of one that was edited the new default is put beside it as
<file>.new; one that was removed stays away. An agent that runs is restarted: its rules stay in
place meanwhile, and the new version takes over by difference. The version before stays installed;
its own install.sh goes back to it.
EOF
}

home=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
[ -x "$home/bin/sluice" ] && [ -d "$home/bundles" ] || die "$home holds no distribution"
version=$(sed 's/^sluice //' "$home/bin/lib/version")

# Options that are not given come from the installation that is there, else are the defaults.
previous() {
  [ -f "$root$prefix/current/bin/lib/installed" ] || return 0
  while IFS='=' read -r name value; do
    case $name in
      conf | data | run | units | link) eval "$name=\$value" ;;
    esac
  done < "$root$prefix/current/bin/lib/installed"
}

options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h)
        help
        exit 0
        ;;
      --no-restart)
        restart=no
        shift
        continue
        ;;
      --prefix | --conf | --data | --run | --units | --link | --root) ;;
      *) die "unknown option '$1'; --help lists the options" ;;
    esac
    [ $# -gt 1 ] || die "$1 needs a value"
    case $2 in
      /*) ;;
      *) die "$1 must be an absolute path, not '$2'" ;;
    esac
    eval "${1#--}=\${2%/}"
    shift 2
  done
}

# A folder, and a note of each that was not there, for uninstall.sh.
folder() {
  [ -d "$1" ] && return 0
  folder "$(dirname "$1")"
  mkdir "$1"
  printf '%s\n' "$1" >> "$made"
}

copy_distribution() {
  # Run where it was installed: it is gone back to.
  [ ! "$home" -ef "$target" ] || return 0
  if [ -d "$target" ]; then
    if diff -rq -x installed -x deploy -x data -x run "$home" "$target" > /dev/null 2>&1; then
      say "sluice $version is installed already"
      return 0
    fi
    say "sluice $version is replaced"
  fi
  rm -rf "$target.new" "$target.old"
  mkdir "$target.new"
  tar -C "$home" -cf - --exclude=./data --exclude=./run --exclude=./deploy . | tar -C "$target.new" -xf -
  [ ! -d "$target" ] || mv "$target" "$target.old"
  mv "$target.new" "$target"
  rm -rf "$target.old"
  ln -s ../deploy "$target/deploy"
  changed=yes
}

# Drop-ins outlive the version: they lie beside all of them.
drop_ins() {
  folder "$root$prefix/deploy"
  [ -e "$root$prefix/deploy/README.md" ] || cp "$home/deploy/README.md" "$root$prefix/deploy/"
}

# What only the agent may look into.
private() {
  [ -d "$1" ] && return 0
  folder "$1"
  chmod 700 "$1"
}

# One default: $1 of the new version, $2 of the installed one (perhaps missing), $3 the operator's.
configure() {
  if [ ! -e "$3" ]; then
    # Removed by the operator if it was there before.
    [ -e "$2" ] || cp "$1" "$3"
  elif cmp -s "$1" "$3"; then
    rm -f "$3.new"
  elif [ -e "$2" ] && cmp -s "$2" "$3"; then
    cp "$1" "$3"
    say "$3 has the new defaults"
  elif ! cmp -s "$1" "$2" 2> /dev/null; then
    cp "$1" "$3.new"
    say "$3 was edited and stays; the new defaults are in $3.new"
  fi
}

configuration() {
  defaults=$root$prefix/current/config
  (cd "$home/config" && find . -type f) | sed 's/^\.\///' | sort > "$list"
  while read -r file; do
    folder "$root$conf/$(dirname "$file")"
    configure "$home/config/$file" "$defaults/$file" "$root$conf/$file"
  done < "$list"
}

# systemd makes what lies in its own places, also after a reboot.
unit() {
  folder "$root$units"
  run_folder=ReadWritePaths=$run data_folder=ReadWritePaths=$data
  case $run in /run/*) run_folder=RuntimeDirectory=${run#/run/} ;; esac
  case $data in /var/lib/*) data_folder=StateDirectory=${data#/var/lib/} ;; esac
  sed -e "s|@PREFIX@|$prefix|g" -e "s|@CONF@|$conf|g" -e "s|@DATA@|$data|g" -e "s|@RUN@|$run|g" \
    -e "s|@RUN_FOLDER@|$run_folder|" -e "s|@DATA_FOLDER@|$data_folder|" \
    "$home/systemd/sluice.service" > "$root$units/sluice.service.new"
  mv "$root$units/sluice.service.new" "$root$units/sluice.service"
}

# Of the older versions the one that has been current stays, to go back to.
forget_older() {
  for other in "$root$prefix"/*/; do
    other=${other%/}
    case $(basename "$other") in
      current | deploy | "$version" | "$1") ;;
      *) [ ! -f "$other/bin/lib/installed" ] || rm -rf "$other" ;;
    esac
  done
}

systemd() {
  [ -z "$root" ] && [ -d /run/systemd/system ] && command -v systemctl > /dev/null
}

options "$@"
previous
options "$@"
target=$root$prefix/$version
list=$(mktemp)
trap 'rm -f "$list"' EXIT

made=$list.made
: > "$made"
folder "$root$prefix"
cat "$made" >> "$root$prefix/.folders"
rm -f "$made"
made=$root$prefix/.folders

changed=no
former=
[ ! -L "$root$prefix/current" ] || former=$(readlink "$root$prefix/current")
[ "$former" = "$version" ] || changed=yes
drop_ins
copy_distribution
folder "$root$conf"
private "$root$data"
private "$root$run"
configuration
physical=$(CDPATH='' cd -- "$target" && pwd -P)
base=$(CDPATH='' cd -- "${root:-/}" && pwd -P)
printf 'home=%s\nprefix=%s\nconf=%s\ndata=%s\nrun=%s\nunits=%s\nlink=%s\n' \
  "/${physical#"${base%/}/"}" "$prefix" "$conf" "$data" "$run" "$units" "$link" \
  > "$target/bin/lib/installed"
unit
folder "$(dirname "$root$link")"
ln -sfn "$prefix/current/bin/sluice" "$root$link"

how=none
if systemd && systemctl --quiet is-active sluice.service; then
  how=systemd
elif [ -n "$former" ]; then
  "$root$prefix/current/bin/sluice" status > /dev/null 2>&1 && state=0 || state=$?
  [ "$state" -eq 3 ] || how=itself
fi

ln -sfn "$version" "$root$prefix/.current"
mv -T "$root$prefix/.current" "$root$prefix/current"
forget_older "${former:-none}"
! systemd || systemctl daemon-reload
case $former in
  '' | "$version") say "sluice $version is installed in $root$prefix/$version" ;;
  *) say "sluice $version is installed in $root$prefix/$version, $former stays beside it" ;;
esac

if [ "$restart" = no ] || [ "$changed" = no ] || [ "$how" = none ]; then
  [ -n "$former" ] || say "next: edit $root$conf, then 'systemctl enable --now sluice' or 'sluice start'"
elif [ "$how" = systemd ]; then
  say "the agent is restarted; its rules stay in place"
  systemctl restart sluice.service
else
  "$root$prefix/current/bin/sluice" stop
  "$root$prefix/current/bin/sluice" start ||
    die "the agent of $version is not in force; $root$prefix/$former/install.sh goes back"
fi
