# Completes three lines as fish does when someone presses Tab.
octoseal completions fish | source
for line in 'octoseal pu' 'octoseal put --from-f' 'octoseal access rem'
    complete --do-complete $line | string split --fields 1 \t
end
