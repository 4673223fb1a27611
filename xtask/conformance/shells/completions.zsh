# Types three lines and Tab into an interactive zsh, where `octoseal` prints its last argument.
zmodload zsh/zpty
folder=$(mktemp -d)
octoseal completions zsh >$folder/_octoseal
zpty typist 'PS1= TERM=dumb zsh -f -i'
zpty -w typist "fpath=($folder \$fpath); autoload -U compinit; compinit -u -D"
zpty -w typist 'octoseal() { print -r "COMP""LETED <$@[-1]>" }'
complete_line() {
    zpty -w -n typist "$1"$'\t\n'
    zpty -r -m typist screen '*COMPLETED <*>*'
    print -r -- ${${screen##*COMPLETED <}%%>*}
}
complete_line 'octoseal pu'
complete_line 'octoseal put --from-f'
complete_line 'octoseal access rem'
zpty -d typist
rm -r $folder
