#!/bin/sh
# Ends the servers whose process ids the files of this folder that its arguments name hold, in this order, once standard
# input closes without the line "release": whoever started them has been killed.
trap '' INT TERM HUP
while IFS= read -r line; do
  [ "$line" = release ] && exit 0
done

end_all() {
  for file do
    read -r pid 2>/dev/null <"$file" || continue
    kill -TERM "$pid" 2>/dev/null
    tenths=0
    while kill -0 "$pid" 2>/dev/null; do
      [ $tenths -ge 50 ] && kill -KILL "$pid" 2>/dev/null
      sleep 0.1
      tenths=$((tenths + 1))
      [ $tenths -ge 60 ] && break
    done
    rm -f "$file"
  done
}

end_all "$@"
# One that was being started just then has noted its id by now.
sleep 0.5
end_all "$@"
