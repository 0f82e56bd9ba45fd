import ejs from 'ejs';
import { defineWorkload } from '../../../../src/workloads/workload.js';

const ROWS = 150;

const TEMPLATE = `<table>
<caption><%= title %></caption>
<% for (const row of rows) { %>
<tr class="<%= row.stock > 0 ? 'in' : 'out' %>">
  <th><%= row.name %></th><td><%= row.price.toFixed(2) %></td><td><%= row.stock %></td>
  <td><% for (const tag of row.tags) { %><span><%= tag %></span> <% } %></td>
</tr>
<% } %>
</table>`;

interface Row {
  readonly name: string;
  readonly price: number;
  readonly stock: number;
  readonly tags: readonly string[];
}

export default defineWorkload({
  name: 'ejs',
  summary: `renders a table of ${ROWS} rows with a compiled template of ejs`,
  kind: 'cpu',
  defaults: { tasks: 100, executors: ['limited', 'queue'] },
  open: async () => ejs.compile<{ title: string; rows: readonly Row[] }>(TEMPLATE),
  task: async (render, index) => render({ title: `Page ${index} <of many>`, rows: rowsOf(index) }).length,
});

/** Each page has rows of its own, some with characters that must be escaped. */
function rowsOf(page: number): Row[] {
  return Array.from({ length: ROWS }, (_, row) => {
    const id = page * ROWS + row;
    return {
      name: id % 7 === 0 ? `Nuts & "bolts" no. ${id}` : `Article no. ${id}`,
      price: (id % 977) / 8,
      stock: id % 5,
      tags: ['new', 'R&D', `shelf ${id % 31}`].slice(0, 1 + (id % 3)),
    };
  });
}
