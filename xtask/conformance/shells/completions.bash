# Completes three lines as bash does when someone presses Tab.
source <(octoseal completions bash)
complete_line() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _octoseal octoseal "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
}
complete_line octoseal pu
complete_line octoseal put --from-f
complete_line octoseal access rem
